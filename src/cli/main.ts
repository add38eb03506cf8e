#!/usr/bin/env node
import { watch } from 'node:fs';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import type { Asking } from './asking.ts';
import { connect, connectChecking } from './connect.ts';
import { run } from './run.ts';
import type { Output } from './surroundings.ts';
import { UseError } from './useError.ts';

/** The only file that meets the process: everything else is handed its surroundings. */

// What a command reads it keeps: V8 begins with room for 1 MB of young objects and doubles it five times, copying all
// of them at every step. With one step a check of 1,000 definitions takes a twentieth less.
setFlagsFromString('--semi-space-growth-factor=16');

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`flis query … | head`): no error, and nobody left to write to.
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  folder: process.cwd(),
  environment: process.env,
  now: () => new Date(),
  process: { id: process.pid, isAlive },
  every: (milliseconds, action) => {
    const timer = setInterval(action, milliseconds).unref();
    return () => clearInterval(timer);
  },
  watch: watchUntilInterrupted,
  ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : null,
  output: outputTo(process.stdout),
  errors: outputTo(process.stderr),
  pipeline: connect,
  checking: connectChecking,
});

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    write: (data) => void stream.write(data),
    columns: stream.isTTY ? (stream.columns ?? 80) : null,
  };
}

/** Signal 0 reaches nobody and tells whether somebody is there; EPERM: somebody who is not ours. */
function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ctrl-C and the end of input both end the conversation: what was begun is not written. */
async function askOnTerminal(): Promise<Asking> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<never>((_resolve, reject) => {
    lines.on('close', () => reject(new UseError('The questions were not answered: nothing was written.')));
  });
  // Without a question under way nobody waits for it.
  ended.catch(() => undefined);
  return {
    question: async (text, suggestion) => {
      const shown = suggestion === '' ? `${text}: ` : `${text} [${suggestion}]: `;
      const answer = (await Promise.race([lines.question(shown), ended])).trim();
      return answer === '' ? suggestion : answer;
    },
    close: () => lines.close(),
  };
}

/** Folders that are not there are not watched; the first Ctrl-C ends the watching and not the program. */
function watchUntilInterrupted(folders: readonly string[], changed: () => void): Promise<void> {
  const watchers = folders.flatMap((folder) => {
    try {
      return [watch(folder, { recursive: true }, changed)];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
  return new Promise((resolve) => {
    process.once('SIGINT', () => {
      for (const watcher of watchers) watcher.close();
      resolve();
    });
  });
}
