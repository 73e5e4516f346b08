import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { NotFound, Unavailable } from '#platform/errors'
import { isKey, mediumOfKey, newKey, type Store } from '#platform/storage-keys'
import { localStore } from '#platform/storage-local'
import { s3Store } from '#platform/storage-s3'
import { bucket } from '#test/support/bucket'
import { closeListeners } from '#test/support/listener'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-store-'))
})
afterEach(() => rm(folder, { recursive: true }))
afterAll(closeListeners)

const file = async (content: string) => {
  await writeFile(join(folder, 'in'), content)
  return join(folder, 'in')
}
const later = () => new Date(Date.now() + 60_000)
const access = { bucket: 'kith', region: 'eu', accessKeyId: 'key', secretAccessKey: 'secret' }
const stores: [string, () => Promise<Store>][] = [
  ['the data folder', async () => localStore(join(folder, 'media'))],
  ['an S3 bucket', async () => s3Store({ ...access, endpoint: await bucket('kith') })],
]

describe.each(stores)('%s', (_, make) => {
  test('gives back what was put there, whole or in part', async () => {
    const store = await make()
    const key = newKey('files', '42', 'txt')
    await store.put(key, await file('hello world'), 'text/plain')
    expect(await store.size(key)).toBe(11)
    expect(await text(await store.read(key))).toBe('hello world')
    expect(await text(await store.read(key, { start: 6, end: 8 }))).toBe('wor')
    await store.save(key, join(folder, 'out'))
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('hello world')
  })

  test('replaces what was under a key', async () => {
    const store = await make()
    const key = newKey('files', '42', 'txt')
    await store.put(key, await file('one'), 'text/plain')
    await store.put(key, await file('other'), 'text/plain')
    expect(await text(await store.read(key))).toBe('other')
  })

  test('knows what is not there', async () => {
    const store = await make()
    const key = newKey('files', '42', 'txt')
    expect(await store.size(key)).toBeUndefined()
    await expect(store.read(key)).rejects.toBeInstanceOf(NotFound)
    await expect(store.save(key, join(folder, 'out'))).rejects.toBeInstanceOf(NotFound)
    await store.remove([key])
  })

  test('removes files, and lists those that are older than a time', async () => {
    const store = await make()
    const [kept, gone] = [newKey('cache', '1', 'jpg'), newKey('cache', '2', 'jpg')]
    for (const key of [kept, gone]) await store.put(key, await file('x'), 'image/jpeg')
    await store.remove([gone])
    expect(await Array.fromAsync(store.list('cache', later()))).toEqual([kept])
    expect(await Array.fromAsync(store.list('cache', new Date(0)))).toEqual([])
    expect(await Array.fromAsync(store.list('files', later()))).toEqual([])
  })

  test.each([
    '../secret',
    'files/../../secret',
    '/etc/passwd',
    'files/aa/bb/1-%2e%2e.txt',
    'files/aa/bb/x\0.txt',
    '',
  ])('touches nothing for the key %j (CVE-2023-5588, CVE-2023-36460)', async (key) => {
    const store = await make()
    await expect(async () => store.put(key, await file('x'), 'text/plain')).rejects.toBeInstanceOf(NotFound)
    await expect(async () => store.read(key)).rejects.toBeInstanceOf(NotFound)
    await expect(async () => store.remove([key])).rejects.toBeInstanceOf(NotFound)
  })
})

test('keys cannot be guessed, and name the medium they belong to', () => {
  const [one, two] = [newKey('uploads', '7', 'mp4'), newKey('uploads', '7', 'mp4')]
  expect(one).not.toBe(two)
  expect(one).toMatch(/^uploads\/..\/..\/7-[0-9a-f]{32}\.mp4$/)
  expect(isKey(one)).toBe(true)
  expect(mediumOfKey(one)).toBe('7')
  expect(mediumOfKey('uploads/x')).toBeUndefined()
})

test('a file that cannot be read leaves nothing half written behind (R-140)', async () => {
  const store = localStore(join(folder, 'media'))
  const key = newKey('files', '42', 'txt')
  await expect(store.put(key, folder, 'text/plain')).rejects.toThrow()
  expect(
    (await readdir(join(folder, 'media'), { recursive: true })).filter((name) => /txt|part/.test(name)),
  ).toEqual([])
})

test('half-written files of a process that died are cleared away by the list', async () => {
  const store = localStore(join(folder, 'media'))
  const key = newKey('files', '42', 'txt')
  await store.put(key, await file('x'), 'text/plain')
  await writeFile(join(folder, 'media', `${key}.1.part`), 'half')
  expect(await Array.fromAsync(store.list('files', later()))).toEqual([key])
  expect(
    (await readdir(join(folder, 'media'), { recursive: true })).filter((name) => name.endsWith('.part')),
  ).toEqual([])
})

test('object storage that is away or refuses is Unavailable (R-143)', async () => {
  const away = s3Store({ ...access, endpoint: 'http://127.0.0.1:9' })
  await expect(away.size(newKey('files', '1', 'txt'))).rejects.toBeInstanceOf(Unavailable)
  const wrong = s3Store({
    ...access,
    endpoint: await bucket('kith'),
    secretAccessKey: 'wrong',
    bucket: 'other',
  })
  await expect(wrong.put(newKey('files', '1', 'txt'), await file('x'), 'text/plain')).rejects.toBeInstanceOf(
    Unavailable,
  )
})
