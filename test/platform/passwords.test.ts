import { hashPassword, isPassword } from '#platform/passwords'

test('I1 passwords are kept as Argon2id hashes with 19 MiB and two passes, each with a salt of its own', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
})

test('only the right password is the password, however its letters are composed', async () => {
  const hash = await hashPassword('pass-ﬁn\u0065\u0301')
  expect(await isPassword('pass-fin\u00e9', hash)).toBe(true)
  expect(await isPassword('pass-fine', hash)).toBe(false)
})

test('I3 without a hash the answer is no, and takes as long', async () => {
  const hash = await hashPassword('correct horse')
  const measure = async (known: string | undefined) => {
    const start = performance.now()
    for (let at = 0; at < 5; at += 1) expect(await isPassword('wrong', known)).toBe(false)
    return performance.now() - start
  }
  await measure(undefined)
  const [someone, nobody] = [await measure(hash), await measure(undefined)]
  expect(nobody).toBeGreaterThan(someone / 3)
})

test('a hash of an unknown kind opens nothing', async () => {
  for (const hash of ['', 'none', '$2b$10$abcdefghijklmnopqrstuv'])
    expect(await isPassword('none', hash)).toBe(false)
})
