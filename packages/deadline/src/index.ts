export { createDeadline, type Deadline } from './deadline.ts';
