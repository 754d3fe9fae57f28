export { createLogger, type Logger } from './create-logger.ts';
export { ConfigError, readConfig } from './read-config.ts';
export { runUntilSignal } from './run-until-signal.ts';
export { serverConfig } from './server-config.ts';
export { describeStartError, StartProblem } from './start-problem.ts';
