import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kith } from '#test/support/cli'
import { client } from '#test/support/client'

test('terms are published from a file, cleaned, listed and withdrawn', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'kith-terms-')), 'terms.html')
  await writeFile(file, '<p>Be kind</p><script>alert(1)</script>')
  expect((await kith('terms', 'publish', '2021-01-01', file)).code).toBe(0)
  expect((await kith('terms', 'publish', 'soon', file)).code).toBe(1)
  expect((await client().get('/api/v1/instance/terms_of_service')).body.content).toBe('<p>Be kind</p>')
  expect((await kith('terms', 'list')).out).toContain('2021-01-01')
  expect((await kith('terms', 'withdraw', '2021-01-02')).code).toBe(1)
  expect((await kith('terms', 'withdraw', '2021-01-01')).code).toBe(0)
  expect((await client().get('/api/v1/instance/terms_of_service')).status).toBe(404)
})

test('what everybody may see of this instance is switched by name', async () => {
  await kith('config', 'set', 'peers', 'no')
  expect((await client().get('/api/v1/instance/peers')).status).toBe(404)
  expect((await kith('config', 'set', 'peers', 'maybe')).code).toBe(1)
  await kith('config', 'set', 'domain-blocks', 'all')
  expect((await client().get('/api/v1/instance/domain_blocks')).body).toEqual([])
  expect((await kith('config', 'set', 'domain-blocks', 'some')).code).toBe(1)
})
