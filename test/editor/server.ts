import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** One diagnostic of the language server, as an editor would underline it. */
export interface Underlined {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** The language server that editors use, spoken to over its standard input and output. */
export interface EditorServer {
  /** What is underlined when this text is open under this name. */
  readonly open: (file: string, text: string) => Promise<readonly Underlined[]>;
  /** Labels offered when the cursor stands there. */
  readonly complete: (file: string, line: number, character: number) => Promise<readonly string[]>;
  readonly close: () => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** Starts it as an editor does, for a workspace folder. */
export async function startServer(script: string, folder: string): Promise<EditorServer> {
  const server = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<string, (message: Message) => void>();
  let buffered = Buffer.alloc(0);
  let next = 0;
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  server.stdout.on('data', (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(buffered.toString('latin1'));
      const length = Number(header?.[1]);
      if (!header || buffered.length < header[0].length + length) return;
      const body = buffered.subarray(header[0].length, header[0].length + length).toString('utf8');
      buffered = buffered.subarray(header[0].length + length);
      receive(JSON.parse(body) as Message);
    }
  });
  const receive = (message: Message) => {
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri } = message.params as { uri: string };
      waiting.get(uri)?.(message);
    } else if (message.method !== undefined && message.id !== undefined) {
      // The server asks for settings; it gets one answer for each.
      const items = (message.params as { items?: unknown[] } | undefined)?.items ?? [];
      send({ id: message.id, result: items.map(() => null) });
    } else if (message.id !== undefined) {
      waiting.get(String(message.id))?.(message);
    }
  };
  const heard = (key: string) => new Promise<Message>((resolve) => waiting.set(key, resolve));
  const request = async (method: string, params: object): Promise<unknown> => {
    next += 1;
    const answer = heard(String(next));
    send({ id: next, method, params });
    return (await answer).result;
  };
  const uriOf = (file: string) => pathToFileURL(file).href;
  await request('initialize', {
    processId: process.pid,
    rootUri: uriOf(folder),
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: false } } } },
    workspaceFolders: [{ uri: uriOf(folder), name: 'workspace' }],
  });
  send({ method: 'initialized', params: {} });
  return {
    open: async (file, text) => {
      const answer = heard(uriOf(file));
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri: uriOf(file), languageId: 'yaml', version: 1, text } },
      });
      return ((await answer).params as { diagnostics: readonly Underlined[] }).diagnostics;
    },
    complete: async (file, line, character) => {
      const result = (await request('textDocument/completion', {
        textDocument: { uri: uriOf(file) },
        position: { line, character },
      })) as { items: readonly { label: string }[] } | null;
      return (result?.items ?? []).map(({ label }) => label);
    },
    close: () => server.kill(),
  };
}
