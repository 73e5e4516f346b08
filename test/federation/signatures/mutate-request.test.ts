import { createPrivateKey } from 'node:crypto'
import { createKeyFinder } from '#federation/signatures/find-key'
import { signRequest } from '#federation/signatures/sign-request'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { verifySignature } from '#federation/signatures/verify-signature'
import { checkUrl } from '#platform/addresses'
import { type Dice, dice, mutateText, rounds } from '#test/support/fuzz'
import { documentWorld, memoryKeyStore, rsaPair } from '#test/support/keys'
import { keyId, like, now } from '#test/support/sign-by-hand'

const owner = 'https://remote.example/users/ann'
const pair = rsaPair()
const key = { keyId, privateKey: createPrivateKey(pair.privateKey) }
const { fetchDocument } = documentWorld({
  [owner]: { id: owner, publicKey: { id: keyId, owner, publicKeyPem: pair.publicKey } },
})
const checkAddress = (url: string) => checkUrl(url, { allowPrivate: false, ports: [443] })

const signedRequest = (scheme: 'cavage' | 'rfc9421'): RequestSnapshot => {
  const request = {
    method: 'POST',
    url: new URL('https://kith.example/inbox'),
    headers: { 'content-type': 'application/activity+json' },
    body: like,
  }
  const headers = { ...request.headers, host: 'kith.example', ...signRequest(request, key, { scheme, now }) }
  return { method: 'POST', url: request.url.href, headers, rawBody: like, now }
}

const algorithms = ['none', 'hmac-sha256', 'hs2019', 'rsa-sha1', 'rsa-sha512', 'ed25519', 'RSA-SHA256', '']

function mutate(request: RequestSnapshot, die: Dice): RequestSnapshot {
  const headers = { ...request.headers }
  const names = Object.keys(headers)
  const name = die.pick(
    [...names, 'signature', 'signature', 'signature-input'].filter((each) => each in headers),
  )
  const value = String(headers[name])
  const kinds = [
    () => ({ ...request, headers: { ...headers, [name]: mutateText(value, die) } }),
    () => ({ ...request, headers: { ...headers, [name]: mutateText(mutateText(value, die), die) } }),
    () => ({
      ...request,
      headers: {
        ...headers,
        [name]: die.pick([undefined, '', [value, value], [value, mutateText(value, die)]]),
      },
    }),
    () => ({
      ...request,
      headers: {
        ...headers,
        [name]: value.replace(/(alg(?:orithm)?)="[^"]*"/, `$1="${die.pick(algorithms)}"`),
      },
    }),
    () => ({ ...request, rawBody: Buffer.from(mutateText(like.toString('latin1'), die), 'latin1') }),
    () => ({ ...request, url: `https://kith.example${mutateText('/inbox', die)}` }),
    () => ({ ...request, method: die.pick(['GET', 'PUT', 'DELETE', 'HEAD']) }),
    () => ({ ...request, now: new Date(now.getTime() + (die.below(20) - 10) * 1_000_000) }),
  ]
  const weights = [0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7]
  return kinds[die.pick(weights)]!()
}

/** What nobody can change without the private key, whatever way the request is written down. */
const essence = ({ method, url, headers, rawBody }: RequestSnapshot) => ({
  method,
  url,
  date: String(headers['date']).trim(),
  body: rawBody.toString('latin1'),
})

test.each(['cavage', 'rfc9421'] as const)(
  'CVE-2026-28432: of many mutants of a %s request only those that say the same are accepted',
  async (scheme) => {
    const seed = Date.now() % 1_000_000
    const die = dice(seed)
    const request = signedRequest(scheme)
    const findKey = createKeyFinder({ store: memoryKeyStore(), fetchDocument, checkAddress })
    let accepted = 0
    for (let round = 0; round < rounds(4_000); round++) {
      const mutant = mutate(request, die)
      const verdict = await verifySignature(mutant, findKey, owner)
      if (!verdict.ok) continue
      accepted++
      const age = Math.abs(mutant.now.getTime() - now.getTime())
      expect({ seed, round, ...essence(mutant), age: age <= 3_600_000, signer: verdict.owner }).toEqual({
        seed,
        round,
        ...essence(request),
        age: true,
        signer: owner,
      })
    }
    expect(accepted).toBeGreaterThan(0)
    expect(accepted).toBeLessThan(rounds(4_000) / 2)
  },
)
