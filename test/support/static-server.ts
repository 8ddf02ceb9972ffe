import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StaticServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Stops when its standard input ends, so with us, however we end. */
const program = `
import functools, http.server, os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass
handler = functools.partial(Handler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
print(server.server_address[1], flush=True)
server.serve_forever()
`;

/** What `python3 -m http.server` serves of a directory, on loopback until closed. */
export async function startStaticServer(directory: string): Promise<StaticServer> {
  const child = spawn('python3', ['-c', program, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('python3 is needed on the PATH', { cause })));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      child.kill();
      await exited;
    },
  };
}
