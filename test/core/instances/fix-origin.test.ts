import { fixOrigin } from '#core/instances/fix-origin'

const here = { origin: 'https://kith.example', domain: 'kith.example' }

test('an instance that keeps its origin starts again and again', async () => {
  await fixOrigin(here)
  await expect(fixOrigin(here)).resolves.toBeUndefined()
})

test.each([
  ['the origin', { origin: 'https://www.kith.example', domain: 'kith.example' }],
  ['the domain of handles', { origin: 'https://kith.example', domain: 'example' }],
])('a later change of %s is refused with what it was', async (_what, changed) => {
  await fixOrigin(here)
  await expect(fixOrigin(changed)).rejects.toThrow('KITH_ORIGIN=https://kith.example')
})
