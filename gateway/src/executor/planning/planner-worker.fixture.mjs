import { parentPort, threadId } from 'node:worker_threads';

/** Speaks as the planner's thread does: plans everything but `endless`, refuses `refused`, remembers its graphs, and tells which `thread` it is. */
const graphs = new Set();

parentPort?.on('message', ({ id, kind, graph, sdl, operation }) => {
  const reply = (rest) => id !== 0 && parentPort?.postMessage({ id, ...rest });
  if (kind === 'load' && sdl === 'refused')
    return reply({ kind: 'failed', message: 'not a graph' });
  if (kind === 'load') {
    graphs.add(graph);
    return reply({ kind: 'loaded' });
  }
  if (kind === 'drop') return graphs.delete(graph);
  if (!graphs.has(graph)) return reply({ kind: 'failed', message: 'There is no such graph' });
  if (operation === 'defect') throw new Error('a defect of the planner');
  for (;;)
    if (operation !== 'endless')
      return reply({
        kind: 'planned',
        plan: operation === 'thread' ? { threadId } : { kind: 'QueryPlan' },
      });
});
