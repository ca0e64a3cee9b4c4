/** Runs a task once those before it have ended, well or not; resolves and rejects as the task does. */
export type InTurn = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** For what must not run side by side: each call makes a queue of its own. */
export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => {});
    return mine;
  };
}
