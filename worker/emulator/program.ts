/**
 * What a program imports as "tabcloud": the library, and the handles of its run.
 * @packageDocumentation
 */
import type { FakeClock } from "./core/clock/fake-clock";
import type { Random } from "./core/random";
import type { Metrics } from "./features/metrics/metrics";
import type { Matcher } from "./features/recording/matcher";
import type { RecordedCall } from "./features/recording/recorded-call";
import type { Recorder } from "./features/recording/recorder";
import type { AWS, Azure, GCP, Provider } from "./providers";

export * from "./index";

/**
 * The cloud chosen for this run (toolbar, link, `--cloud`): {@link aws}, {@link azure} or {@link gcp}.
 *
 * ```ts
 * import { cloud, Bucket } from "tabcloud";
 * const photos = new Bucket(cloud);
 * await photos.createBucket("photos");
 * ```
 */
export declare const cloud: Provider;
/** This run's AWS account. */
export declare const aws: AWS;
/** This run's Azure account. */
export declare const azure: Azure;
/** This run's GCP account. */
export declare const gcp: GCP;

/**
 * The run's clock. It moves by itself when nothing else can run, so an hour of `setTimeout` costs no time; `advance` moves it by hand.
 *
 * ```ts
 * await clock.advance(24 * 3_600_000); // tomorrow
 * ```
 */
export declare const clock: FakeClock;
/** Chance that is the same in every run with the same seed. */
export declare const random: Random;
/** Everything this run has called so far, as the Calls panel shows it. */
export declare const recorder: Recorder;
/** What the Metrics panel shows; add counters, gauges and histograms of your own. */
export declare const metrics: Metrics;
/** The run's seed. */
export declare const seed: string;

/**
 * A line of the run's report: passed when `condition` is truthy. Answers whether it passed and never throws for a failed one.
 *
 * ```ts
 * check("two objects", (await photos.listObjects("photos")).items.length === 2);
 * ```
 * @param name What is checked, in a few words.
 * @param detail Shown with the line; what was found, for example.
 */
export declare function check(name: string, condition: unknown, detail?: unknown): boolean;

/**
 * Checks of calls that read like a sentence. Filters and assertions are those of {@link Matcher}, but an assertion does not throw: each is a line of the
 * run's report, named after what it says, and a failed one shows what was expected and what was found. Looks at the calls made so far.
 *
 * ```ts
 * await photos.putObject("photos", "cat.txt", "meow");
 * expect().service("storage").operation("putObject").count(1).noErrors();
 * expect().inOrder(["createBucket", "putObject"]);
 *
 * const own = new Recorder();
 * expect(own).noCalls();
 * ```
 * @param recording Which calls: a recorder, what a matcher has left, or a list of calls. Default: {@link recorder}, all calls of this run.
 * @throws CloudError `InvalidArgument` for anything else.
 */
export declare function expect(recording?: Recorder | Matcher | readonly RecordedCall[]): Matcher;
