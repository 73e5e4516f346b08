import { readFile } from 'node:fs/promises'
import { eventually, startKith } from '#test/support/kiths'
import { isRunning } from '#test/support/launch'

const childrenOf = async (pid: number): Promise<number[]> =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number)

test('several processes answer on one port, one that ends is replaced, and all end together', async () => {
  const kith = await startKith('web_processes', { KITH_ROLE: 'web', KITH_WEB_PROCESSES: '2' })
  const answers = async (): Promise<boolean> =>
    (await fetch(`${kith.url}/api/v2/instance`).catch(() => undefined))?.status === 200
  try {
    const before = await childrenOf(kith.pid!)
    expect(before).toHaveLength(2)
    expect(await answers()).toBe(true)
    process.kill(before[0]!, 'SIGKILL')
    const after = await eventually(async () => {
      const now = await childrenOf(kith.pid!)
      return now.length === 2 && !now.includes(before[0]!) && now
    }, 30_000)
    expect(kith.output).toContain('a web process ended (SIGKILL); starting another')
    expect(await answers()).toBe(true)
    expect(await kith.end()).toBe(0)
    expect(after.filter((pid) => isRunning(pid))).toEqual([])
  } finally {
    await kith.remove()
  }
}, 90_000)
