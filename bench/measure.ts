/** Milliseconds of each of `count` calls, one after the other. */
export async function sequential(call: () => Promise<void>, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const began = performance.now();
    await call();
    samples.push(performance.now() - began);
  }
  return samples;
}

/** Calls a second with `width` of them always in flight. */
export async function inFlight(call: () => Promise<void>, count: number, width: number): Promise<number> {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: width }, lane));
  return (count * 1000) / (performance.now() - began);
}

/** Milliseconds that `task` takes. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}
