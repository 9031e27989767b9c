/** Closed-loop load: so many workers, each starting its next piece of work when the last is done, a bounded number in all. */

export type Figures = { count: number; p50: number; p95: number; perSecond: number; cpu: Cpu }

/** Milliseconds of processor time: all in all from a meter, for each piece of work in figures. Neighbours weigh less on them. */
export type Cpu = { server: number; database: number }

/** One piece of work of one worker; the index tells it which piece. */
export type Work = (worker: number, index: number) => Promise<unknown>

export const workers = 16

/**
 * Measures two kinds of work against each other: a warm-up of each, then in turns, so that whatever else the machine
 * does meanwhile weighs on both.
 */
export async function compare(
  figure: Work,
  baseline: Work,
  count: number,
  meter: () => Cpu,
  rounds = 2,
): Promise<{ figure: Figures; baseline: Figures }> {
  const warmUp = Math.min(Math.round(count / 4), 300)
  const samples = { figure: emptySample(), baseline: emptySample() }
  await drive(figure, warmUp, emptySample(), meter)
  await drive(baseline, warmUp, emptySample(), meter)
  let done = warmUp
  for (let round = 0; round < rounds; round += 1) {
    const part = Math.round(count / rounds)
    await drive(figure, part, samples.figure, meter, done)
    await drive(baseline, part, samples.baseline, meter, done)
    done += part
  }
  return { figure: figuresOf(samples.figure), baseline: figuresOf(samples.baseline) }
}

type Sample = { milliseconds: number[]; elapsed: number; cpu: Cpu }

const emptySample = (): Sample => ({ milliseconds: [], elapsed: 0, cpu: { server: 0, database: 0 } })

async function drive(work: Work, count: number, into: Sample, meter: () => Cpu, from = 0): Promise<void> {
  let next = 0
  const before = meter()
  const began = performance.now()
  const one = async (worker: number) => {
    while (next < count) {
      const index = from + next
      next += 1
      const sent = performance.now()
      await work(worker, index)
      into.milliseconds.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, worker) => one(worker)))
  into.elapsed += performance.now() - began
  const after = meter()
  into.cpu.server += after.server - before.server
  into.cpu.database += after.database - before.database
}

function figuresOf({ milliseconds, elapsed, cpu }: Sample): Figures {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const count = sorted.length
  const each = { server: cpu.server / count, database: cpu.database / count }
  return { count, p50: at(0.5), p95: at(0.95), perSecond: (count / elapsed) * 1000, cpu: each }
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
