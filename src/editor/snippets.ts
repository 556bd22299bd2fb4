/** A piece of program that people write again and again. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  /** What is typed for it. */
  readonly prefix: string;
  /** What it needs of "tabcloud". */
  readonly names: readonly string[];
  /** `${1:name}` is a place to fill in, `$0` where the caret ends. */
  readonly body: string;
}

export const SNIPPETS: readonly Snippet[] = [
  {
    id: "snippet.bucket",
    title: "A bucket",
    prefix: "bucket",
    names: ["Bucket", "cloud"],
    body: 'const ${1:bucket} = new Bucket(cloud);\nawait ${1:bucket}.createBucket("${2:photos}");\n$0',
  },
  {
    id: "snippet.put",
    title: "Store an object",
    prefix: "put",
    names: [],
    body: 'await ${1:bucket}.putObject("${2:photos}", "${3:cat.txt}", ${4:"meow"});\n$0',
  },
  {
    id: "snippet.get",
    title: "Read an object",
    prefix: "get",
    names: [],
    body: 'const { data } = await ${1:bucket}.getObject("${2:photos}", "${3:cat.txt}");\nconsole.log(new TextDecoder().decode(data));\n$0',
  },
  {
    id: "snippet.list",
    title: "Go over all objects",
    prefix: "list",
    names: [],
    body: 'for await (const object of ${1:bucket}.objects("${2:photos}", { prefix: "${3}" })) {\n  console.log(object.key, object.size);$0\n}\n',
  },
  {
    id: "snippet.retry",
    title: "Retry with backoff",
    prefix: "retry",
    names: ["clock", "isRetryable", "random"],
    body: [
      "async function ${1:withRetry}<T>(work: () => Promise<T>, attempts = ${2:5}): Promise<T> {",
      "  for (let attempt = 1; ; attempt++) {",
      "    try {",
      "      return await work();",
      "    } catch (error) {",
      "      if (!isRetryable(error) || attempt === attempts) throw error;",
      "      await clock.sleep(100 * 2 ** (attempt - 1) * (0.5 + random.next() / 2));",
      "    }",
      "  }",
      "}",
      "$0",
    ].join("\n"),
  },
  {
    id: "snippet.catch",
    title: "Tell errors apart",
    prefix: "trycloud",
    names: ["codeOf", "isNotFound"],
    body: "try {\n  ${1:await work();}\n} catch (error) {\n  if (!isNotFound(error)) throw error;\n  console.log(codeOf(error));$0\n}\n",
  },
  {
    id: "snippet.check",
    title: "Check a condition",
    prefix: "check",
    names: ["check"],
    body: 'check("${1:what holds}", ${2:true});\n$0',
  },
  {
    id: "snippet.recorder",
    title: "Count the calls that were made",
    prefix: "recorder",
    names: ["recorder"],
    body: 'recorder.match().operation("${1:putObject}").count(${2:1}).noErrors();\n$0',
  },
  {
    id: "snippet.advance",
    title: "Let time pass",
    prefix: "advance",
    names: ["clock"],
    body: "await clock.advance(${1:24} * 3_600_000); // hours\n$0",
  },
  {
    id: "snippet.fault",
    title: "Let calls fail on purpose",
    prefix: "fault",
    names: ["Bucket", "cloud", "ErrorInjector", "firstN"],
    body: 'const faults = new ErrorInjector();\nconst ${1:bucket} = new Bucket(cloud, { injector: faults });\nfaults.set("storage", "${2:putObject}", "${3:Unavailable}", firstN(${4:2}));\n$0',
  },
  {
    id: "snippet.limit",
    title: "Limit the rate of calls",
    prefix: "ratelimit",
    names: ["Bucket", "cloud", "RateLimiter"],
    body: "const limiter = new RateLimiter({ ratePerSecond: ${1:5}, burst: ${2:4} });\nconst ${3:bucket} = new Bucket(cloud, { limiter });\n$0",
  },
  {
    id: "snippet.metric",
    title: "A metric of one's own",
    prefix: "metric",
    names: ["metrics"],
    body: 'metrics.counter("${1:orders_total}", 1, { ${2:kind}: "${3:new}" });\n$0',
  },
];

/** A snippet as plain text, for an editor without places to fill in. */
export interface PlainSnippet {
  readonly text: string;
  /** Where the caret goes: the first place to fill in, else the end. */
  readonly start: number;
  readonly end: number;
}

const PLACE = /\$\{(\d+)(?::([^}]*))?\}|\$(\d+)/g;

/** Every line but the first is indented like the line it is put into. */
export function plainSnippet(body: string, indent = ""): PlainSnippet {
  let text = "";
  let from = 0;
  let place: readonly [number, number] | undefined;
  const indented = body.replaceAll(/\n(?=.)/g, `\n${indent}`);
  for (const match of indented.matchAll(PLACE)) {
    text += indented.slice(from, match.index);
    from = match.index + match[0].length;
    const filling = match[2] ?? "";
    if (match[1] === "1") place ??= [text.length, text.length + filling.length];
    text += filling;
  }
  text += indented.slice(from);
  const [start, end] = place ?? [text.length, text.length];
  return { text, start, end };
}
