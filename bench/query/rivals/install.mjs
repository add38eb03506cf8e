// Installs the rivals that have packages of their own, or those that are named: node bench/query/rivals/install.mjs chdb
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = import.meta.dirname;
const known = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')));
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : known) {
  if (!known.includes(name)) throw new Error(`there is no rival ${name}: ${known.join(', ')}`);
  console.log(name);
  // Some would fetch a library that is not needed when they are installed.
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts'], {
    cwd: join(folder, name),
    stdio: 'inherit',
  });
}
