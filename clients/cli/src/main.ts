import { runProgram } from './program.ts';

// Whoever reads only the first lines (`| head`) closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv.slice(2), {
  env: process.env,
  print: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  hasColours: process.stdout.isTTY && !process.env['NO_COLOR'],
  nowMs: () => performance.now(),
});
