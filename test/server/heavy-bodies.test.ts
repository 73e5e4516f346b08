import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { Medium } from '#core/media/medium.model'
import { mountRoutes } from '#server/mount'
import { cast } from '#test/factories/account'
import { baseUrl, client, makeToken } from '#test/support/client'
import { flawOf } from '#test/support/flaws'
import { type RawRequest, sendRaw } from '#test/support/raw-request'

const { list } = await mountRoutes()
const MIB = 1_048_576
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }

/** The status of an answer that is well made. */
async function statusOf(asked: RawRequest): Promise<number> {
  const reply = await sendRaw(asked, 15_000)
  expect([asked.path, flawOf(asked, reply)]).toEqual([asked.path, undefined])
  return reply.status
}

test('CVE-2024-45590, CVE-2025-13466: forms that nest endlessly or have countless keys are refused at once, by every reader of forms', async () => {
  const { alice } = await cast('alice')
  const authorization = `Bearer ${await makeToken(['write'], alice)}`
  const bodies = [
    `status${'[a]'.repeat(10_000)}=1`,
    'a=1&'.repeat(100_000),
    Array.from({ length: 100_000 }, (_, at) => `a${at}=`).join('&'),
    'a[]=1&'.repeat(100_000),
    `${'a&'.repeat(50_000)}`,
    '['.repeat(900_000),
  ]
  for (const body of bodies)
    for (const [path, more] of [
      ['/api/v1/statuses', { authorization }],
      ['/api/v1/statuses', {}],
      ['/api/v1/apps', {}],
      ['/oauth/token', {}],
      ['/log-in', { accept: 'text/html' }],
    ] as const) {
      const status = await statusOf({ method: 'POST', path, headers: { ...urlencoded, ...more }, body })
      const isNested = body.startsWith('[')
      expect([path, body.slice(0, 20), status]).toEqual([path, body.slice(0, 20), isNested ? status : 422])
      expect(status).toBeGreaterThanOrEqual(400)
    }
})

test('CVE-2024-45590: a hundred such forms at once cost less than 20 ms each, and others are answered meanwhile', async () => {
  const url = await baseUrl()
  for (const body of ['a=1&'.repeat(100_000), `a${'[b]'.repeat(10_000)}=1`]) {
    const send = () => fetch(`${url}/api/v1/statuses`, { method: 'POST', headers: urlencoded, body })
    await (await send()).text()
    const before = process.cpuUsage()
    const [others, ...answers] = await Promise.all([
      fetch(`${url}/api/v1/instance/rules`),
      ...Array.from({ length: 100 }, send),
    ])
    for (const answer of answers) await answer.text()
    const { user, system } = process.cpuUsage(before)
    expect(others.status).toBe(200)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    // Of this process, which sends them, too.
    expect((user + system) / 1000 / answers.length).toBeLessThan(20)
  }
})

test('CVE-2025-15284: a list of ten thousand values is refused, however it is written', async () => {
  const app = client((await cast('alice')).alice)
  const values = Array.from({ length: 10_000 }, (_, at) => String(at + 1))
  for (const name of ['id', 'media_ids', 'types', 'account_ids']) {
    const spellings = [
      values.map((value) => `${name}[]=${value}`),
      values.map((value, at) => `${name}[${at}]=${value}`),
      values.map((value) => `${name}=${value}`),
    ].map((pairs) => `status=x&${pairs.join('&')}`)
    for (const body of spellings) {
      const headers = { 'Content-Type': urlencoded['content-type'] }
      expect((await app.post('/api/v1/statuses', body, { headers })).status).toBe(422)
    }
  }
  expect((await app.post('/api/v1/statuses', { status: 'x', media_ids: values })).status).toBe(422)
})

test('CVE-2026-12590: a body of 50 MiB gets 413 on every route that takes JSON, before it is there', async () => {
  const open: string[] = []
  const paths = [
    ...list.filter(({ method }) => method !== 'get').map(({ method, path }) => [method, path] as const),
    ...['/inbox', '/actor/inbox', '/users/1/inbox', '/oauth/token', '/log-in', '/sign-up'].map(
      (path) => ['post', path] as const,
    ),
  ]
  expect(paths.length).toBeGreaterThan(100)
  for (const [method, stated] of paths)
    for (const type of [
      'application/json',
      'application/activity+json',
      'application/x-www-form-urlencoded',
    ]) {
      const path = stated.replaceAll(/:\w+/g, '1')
      const headers = { 'content-type': type, 'content-length': String(50 * MIB) }
      const asked = { method: method.toUpperCase(), path, headers, body: '{}' }
      const { status } = await sendRaw(asked, 1000).catch(() => ({ status: 0 }))
      if (status !== 413) open.push(`${method} ${path} ${type}: ${status}`)
    }
  expect(open).toEqual([])
})

test('CVE-2026-12590: a body that does not say how long it is is cut at its limit, too', async () => {
  const { alice } = await cast('alice')
  const authorization = `Bearer ${await makeToken(['write'], alice)}`
  for (const path of ['/api/v1/statuses', '/inbox']) {
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' }
    const body = new Blob([`{"status":"${'x'.repeat(2 * MIB)}"}`]).stream()
    const answer = await fetch((await baseUrl()) + path, { method: 'POST', headers, body, duplex: 'half' })
    expect([path, answer.status]).toEqual([path, 413])
  }
})

/** Something packed that becomes a thousand times as large. */
const packed = {
  gzip: gzipSync(Buffer.alloc(64 * MIB, 0x20)),
  deflate: deflateSync(Buffer.alloc(64 * MIB, 0x20)),
  br: brotliCompressSync(Buffer.alloc(64 * MIB, 0x20)),
}

test('CVE-2025-32949: what comes packed counts by its real size, and is unpacked no further than the limit', async () => {
  const { alice } = await cast('alice')
  const authorization = `Bearer ${await makeToken(['write'], alice)}`
  for (const [encoding, body] of Object.entries(packed)) {
    expect(body.length).toBeLessThan(MIB / 10)
    for (const [path, type] of [
      ['/api/v1/statuses', 'application/json'],
      ['/api/v1/statuses', 'application/x-www-form-urlencoded'],
      ['/inbox', 'application/activity+json'],
    ] as const) {
      const headers = { authorization, 'content-type': type, 'content-encoding': encoding }
      const before = process.memoryUsage().arrayBuffers
      expect([encoding, type, await statusOf({ method: 'POST', path, headers, body })]).toEqual([
        encoding,
        type,
        413,
      ])
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MIB)
    }
    const twice = {
      authorization,
      'content-type': 'application/json',
      'content-encoding': `${encoding}, gzip`,
    }
    const nested = gzipSync(body)
    expect(await statusOf({ method: 'POST', path: '/api/v1/statuses', headers: twice, body: nested })).toBe(
      415,
    )
  }
})

/** A ZIP archive of one entry that says whatever size it likes. */
function zip(name: string, content: Buffer, size: number): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\u0003\u0004', 'latin1')
  header.writeUInt16LE(20, 4)
  header.writeUInt32LE(content.length, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name), content])
}

const leftovers = async () => (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name)).length

test('CVE-2025-32949: archives are taken nowhere: not as media, not as pictures, and there is no import', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const before = await leftovers()
  const archives = [
    packed.gzip,
    zip('a.csv', packed.deflate, 1),
    zip('../../a', packed.deflate, 0xff_ff_ff_ff),
  ]
  const takers = list.filter(({ files, path }) => files?.length || /media$|update_credentials$/.test(path))
  expect(takers.length).toBeGreaterThan(2)
  for (const archive of archives)
    for (const { method, path, files = ['file', 'avatar'] } of takers)
      for (const field of files) {
        const form = new FormData()
        form.set(field, new File([new Uint8Array(archive)], 'x.zip', { type: 'application/zip' }))
        const answer = await app[method as 'post' | 'patch' | 'put'](path.replaceAll(/:\w+/g, '1'), form)
        expect([path, field, Math.floor(answer.status / 100)]).toEqual([path, field, 4])
      }
  expect(await Medium.count({ where: { state: 'ready' } })).toBe(0)
  for (const path of [
    '/api/v1/imports',
    '/api/v1/import',
    '/settings/import',
    '/settings/imports',
    '/api/v1/backups',
  ])
    for (const method of ['GET', 'POST'])
      expect([path, await statusOf({ method, path })]).toEqual([path, 404])
  expect(await leftovers()).toBeLessThanOrEqual(before)
})
