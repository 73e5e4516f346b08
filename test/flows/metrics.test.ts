import { freePort, startBeside, startKith } from '#test/support/kiths'

test('R-210 every process of an instance tells of itself, a worker where KITH_METRICS_PORT says', async () => {
  const kith = await startKith('metrics', { KITH_ROLE: 'web' })
  const port = await freePort()
  const worker = await startBeside(kith, 'worker', { KITH_METRICS_PORT: String(port) })
  const streaming = await startBeside(kith, 'streaming')
  try {
    const addresses = [kith.url, streaming.url, `http://localhost:${port}`]
    const texts = await Promise.all(
      addresses.map(async (address) => (await fetch(`${address}/metrics`)).text()),
    )
    for (const text of texts) expect(text).toContain('kith_database_connections{state="used"}')
    const processes = texts.map((text) => /^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
    expect(new Set(processes).size).toBe(3)
    expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200)
    expect((await fetch(`http://localhost:${port}/api/v1/instance`)).status).toBe(404)
    expect(await worker.end()).toBe(0)
  } finally {
    for (const each of [streaming, worker, kith]) await each.remove()
  }
}, 90_000)
