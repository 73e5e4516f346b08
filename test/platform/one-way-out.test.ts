import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { guardFetch, http } from '#platform/http'
import { closeListeners, listen } from '#test/support/listener'

// The guard must not stand under the fetch of whatever is tested in this process afterwards.
const usual = getGlobalDispatcher()
afterAll(() => setGlobalDispatcher(usual))

const root = join(import.meta.dirname, '../..')
const folders = '{config,platform,core,federation,server,workers,cli}'
const sources = await Array.fromAsync(glob(`${folders}/**/*.ts`, { cwd: root }))

const forbidden = [
  { what: 'undici', pattern: /from 'undici'/, except: /^platform\/http(-\w+)?\.ts$/ },
  { what: 'the global fetch', pattern: /(?<![.\w])fetch\(/, except: /^$/ },
  { what: 'the clients of Node', pattern: /from 'node:(https|http2|tls|dgram)'/, except: /^$/ },
  {
    what: 'plain sockets',
    pattern:
      /import (type )?(\w+|\* as \w+|\{[^}]*\b(connect|createConnection|request|get)\b[^}]*\}) from 'node:(net|http)'/,
    except: /^$/,
  },
  { what: 'a WebSocket client', pattern: /new WebSocket\(/, except: /^$/ },
]

test.each(forbidden)(
  'GHSA-c482-7gjx-pp36: no file outside the guarded client uses $what',
  async ({ pattern, except }) => {
    expect(sources).toContain('platform/http-client.ts')
    const found = []
    for (const file of sources.filter((each) => !except.test(each))) {
      if (pattern.test(await readFile(join(root, file), 'utf8'))) found.push(file)
    }
    expect(found).toEqual([])
  },
)

test('the client of this instance tells its version and where it lives', async () => {
  const server = await listen((request, response) => response.end(request.headers['user-agent']))
  const { body } = await http.request({ url: server.url })
  expect(body.toString()).toMatch(/^Kith\/\d+\.\d+\.\d+ \(\+http:\/\/[^)]+\/\)$/)
  await closeListeners()
})

test('CVE-2026-27477: once guarded, the global fetch goes through the same connections', async () => {
  guardFetch()
  const server = await listen((_, response) => void setTimeout(() => response.end(), 50))
  const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(server.url)))
  expect(answers.map((each) => each.status)).toEqual(Array<number>(12).fill(200))
  expect(server.mostOpen).toBe(4)
  await closeListeners()
})

test.each(['server/main.ts', 'workers/main.ts'])(
  'CVE-2026-27477: %s puts the guard under the global fetch before anything else',
  async (file) => {
    const source = await readFile(join(root, file), 'utf8')
    const [first] = source.split(/export async function \w+\([^{]*\{ .*\{\n/)[1]?.split('\n') ?? []
    expect(first?.trim()).toBe('guardFetch()')
  },
)
