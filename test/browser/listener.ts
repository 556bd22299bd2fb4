import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A stranger's server on this machine: counts everything that reaches it, and serves the pages it is given. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** One line for each connection, request, upgrade and packet; nothing for the pages it serves. */
  readonly hits: string[];
  close(): Promise<void>;
}

export async function listen(pages: Readonly<Record<string, { type: string; body: string }>> = {}): Promise<Listener> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    if (page) {
      response.writeHead(200, { "Content-Type": page.type }).end(page.body);
      return;
    }
    hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const events = request.headers.accept === "text/event-stream";
    response.writeHead(200, {
      "Access-Control-Allow-Origin": "*",
      "Content-Type": events ? "text/event-stream" : "text/javascript",
    });
    response.end(events ? ": hello\n\n" : "1");
  });
  server.on("connection", () => hits.push("connection"));
  server.on("upgrade", (request, socket) => {
    hits.push(`upgrade ${request.url ?? ""}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const packets = createSocket("udp4");
  packets.on("message", () => hits.push("packet"));
  await new Promise<void>((resolve) => packets.bind(port, "127.0.0.1", resolve));

  return {
    host: `127.0.0.1:${port}`,
    port,
    hits,
    close: async () => {
      server.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => server.close(() => resolve())),
        new Promise<void>((resolve) => packets.close(resolve)),
      ]);
    },
  };
}
