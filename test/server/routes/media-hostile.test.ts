import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Medium } from '#core/media/medium.model'
import { cast } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { baseUrl, makeToken } from '#test/support/client'
import { seeded } from '#test/support/random'

const path = '/api/v2/media'
let token: string
let photo: Buffer
beforeEach(async () => {
  await useMember('alice')
  photo = await readFile((await file('photo.jpg')).path)
})

/** Uploads as a new member, whose limit is whole (RATE-02). */
async function useMember(name: string): Promise<void> {
  const { [name]: member } = await cast(name)
  token = await makeToken(['write'], member)
}

/** Sends bytes as they are; `cut` hangs up after so many. Gives the status, or undefined when the line was cut. */
async function send(type: string, body: Buffer, { cut, to = path }: { cut?: number; to?: string } = {}) {
  const { port } = new URL(await baseUrl())
  const head = `POST ${to} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
  return new Promise<number | undefined>((resolve) => {
    let said = ''
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body.subarray(0, cut)]))
      if (cut !== undefined) setTimeout(() => socket.destroy(), 5)
    })
    socket.on('data', (piece) => void (said += piece.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]) || undefined))
  })
}

const part = (headers: string, content: Buffer | string) =>
  Buffer.concat([
    Buffer.from(`--b\r\n${headers}\r\n\r\n`, 'latin1'),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
const whole = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from('--b--\r\n')])
const filePart = (name = 'x.jpg', content: Buffer | string = photo) =>
  part(`Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/jpeg`, content)
const form = 'multipart/form-data; boundary=b'

/** Files of the body reader in the temporary folder. */
const leftovers = async () => (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name)).length
async function expectNothingLeft(before: number) {
  for (let round = 0; round < 40 && (await leftovers()) > before; round += 1) await sleep(50)
  expect(await leftovers()).toBeLessThanOrEqual(before)
}

test('file names count for nothing, whatever they hold (CVE-2023-36460)', async () => {
  const before = await leftovers()
  const names = [
    '../../../etc/cron.d/x',
    '/etc/passwd',
    '%s%n%d.jpg',
    '|id',
    'concat:/etc/passwd|x',
    '-i',
    'x.html',
    ' ',
    'con.jpg:$DATA',
  ]
  for (const name of names) expect([name, await send(form, whole(filePart(name)))]).toEqual([name, 200])
  expect(await send(form, whole(filePart('a\0b.jpg')))).toBe(400)
  const media = await Medium.findAll()
  expect(media).toHaveLength(names.length)
  for (const { fileKey, id } of media)
    expect(fileKey).toMatch(new RegExp(`^files/../../${id}-[0-9a-f]{32}\\.jpg$`))
  await expectNothingLeft(before)
})

test('malformed forms get 4xx, kill nothing and leave no file (CVE-2022-24434, CVE-2025-47944, CVE-2025-48997, CVE-2026-5079)', async () => {
  const before = await leftovers()
  const odd: [string, Buffer][] = [
    ['multipart/form-data', whole(filePart())],
    ['multipart/form-data; boundary=', whole(filePart())],
    ['multipart/form-data; boundary=other', whole(filePart())],
    [form, Buffer.alloc(0)],
    [form, Buffer.from('--b')],
    [form, whole(part('Content-Disposition: form-data; name=', 'x'))],
    [form, whole(part('Content-Disposition: form-data; name="file"; filename', photo))],
    [form, whole(part(`Content-Disposition: form-data; name="${'f'.repeat(5000)}"`, 'x'))],
    [form, whole(part('Content-Disposition: form-data; name="file"; filename="x"\r\n: y\r\n\r\n', 'x'))],
    [form, whole(part('X'.repeat(90_000), 'x'))],
    ...[
      '',
      '__proto__',
      'f'.repeat(65_536),
      '\xff\xfe',
      `a${'[b]'.repeat(10_000)}`,
      `a${'[]'.repeat(10_000)}`,
    ].map((name): [string, Buffer] => [
      form,
      whole(...[1, 2].map(() => part(`Content-Disposition: form-data; name="${name}"; filename="x"`, 'x'))),
    ]),
    [
      form,
      whole(
        ...Array.from({ length: 40 }, () =>
          part(`Content-Disposition: form-data; name="a${'[b]'.repeat(4_000)}"`, 'x'),
        ),
      ),
    ],
    [
      form,
      whole(part('Content-Disposition: form-data; name="__proto__[polluted]"', 'x'), filePart('x', 'x')),
    ],
    [
      form,
      whole(...Array.from({ length: 700 }, () => part('Content-Disposition: form-data; name="a"', 'x'))),
    ],
    [
      form,
      whole(
        ...Array.from({ length: 9 }, (_, at) =>
          part(`Content-Disposition: form-data; name="f${at}"; filename="x"`, photo),
        ),
      ),
    ],
    ['application/json', photo],
    ['image/jpeg', photo],
  ]
  for (const [type, body] of odd) {
    const status = (await send(type, body)) ?? 0
    expect([type, body.subarray(0, 60).toString('latin1'), Math.floor(status / 100)]).toEqual([
      type,
      body.subarray(0, 60).toString('latin1'),
      4,
    ])
  }
  expect({}).not.toHaveProperty('polluted')
  await expectNothingLeft(before)
})

test('a hundred damaged forms end in an answer of theirs, never in one of ours (CVE-2022-24434)', async () => {
  const before = await leftovers()
  const random = seeded(7)
  const sound = whole(
    part('Content-Disposition: form-data; name="description"', 'a wall'),
    filePart('x.jpg', photo.subarray(0, 2000)),
  )
  for (let round = 0; round < 100; round += 1) {
    if (round % 20 === 0) await useMember(`member${round}`)
    const body = Buffer.from(sound)
    for (let change = 0; change < 8; change += 1)
      body[Math.floor(random() * Math.min(body.length, 400))] = Math.floor(random() * 256)
    const status = (await send(form, body)) ?? 0
    expect([round, [200, 400, 422].includes(status)]).toEqual([round, true])
  }
  await expectNothingLeft(before)
})

test('uploads that are broken off leave no file and no open end (CVE-2025-47935)', async () => {
  const before = await leftovers()
  const large = whole(filePart('x.jpg', Buffer.concat([photo, Buffer.alloc(3_000_000, 1)])))
  const random = seeded(11)
  const open = async () => (await readdir('/proc/self/fd')).length
  const atFirst = await open()
  for (let round = 0; round < 40; round += 5) {
    await Promise.all(
      Array.from({ length: 5 }, () => send(form, large, { cut: Math.floor(random() * large.length) })),
    )
  }
  await expectNothingLeft(before)
  for (let round = 0; round < 40 && (await open()) > atFirst + 5; round += 1) await sleep(50)
  expect(await open()).toBeLessThanOrEqual(atFirst + 5)
  expect(await Medium.count()).toBe(0)
})

test('a file above every limit is cut and refused (BOOKWYRM-2026-05)', async () => {
  const before = await leftovers()
  const large = whole(filePart('x.mp4', Buffer.alloc(110_000_000)))
  expect(await send(form, large)).toBe(422)
  await expectNothingLeft(before)
})

test('who is no member brings no byte to the disk, on any route (CVE-2025-47935)', async () => {
  const before = await leftovers()
  token = 'unknown'
  const body = whole(filePart('x.mp4', Buffer.alloc(2_000_000)))
  const most = [0]
  const watch = setInterval(async () => most.push(await leftovers()), 2)
  for (const to of [path, '/oauth/token', '/api/v1/apps', '/api/v1/statuses']) {
    expect(Math.floor(((await send(form, body, { to })) ?? 0) / 100)).toBe(4)
  }
  clearInterval(watch)
  expect(Math.max(...most)).toBeLessThanOrEqual(before)
})

test('files of members go again from routes that take none', async () => {
  const before = await leftovers()
  for (const to of ['/oauth/token', '/api/v1/apps', '/api/v1/statuses'])
    await send(form, whole(filePart()), { to })
  await expectNothingLeft(before)
})

test('ERR-04 a token may stand in the form, before the file', async () => {
  const proof = part('Content-Disposition: form-data; name="access_token"', token)
  token = ''
  expect(await send(form, whole(proof, filePart()))).toBe(200)
})
