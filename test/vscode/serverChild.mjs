// Runs VS Code's server-main.js (argv[2]) and ends with whoever holds the other end of stdin, so that a killed run
// leaves no server behind.
import { pathToFileURL } from 'node:url';

process.argv.splice(1, 1);
const end = () => process.exit(0);
process.stdin.on('error', end).on('close', end).on('end', end).resume();
await import(pathToFileURL(process.argv[1]).href);
