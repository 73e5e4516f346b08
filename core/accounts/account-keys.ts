import { createPrivateKey, generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { lru } from '#platform/lru'
import { publishAfter, subscribe } from '#platform/pubsub'
import { seal, unseal } from '#platform/secrets'
import type { TxCtx } from '../ctx.ts'
import { AccountKey } from './account-key.model.ts'

/**
 * The keys of an account of this instance: of the RSA pair the public one as SPKI PEM, the private one ready to sign; and the
 * private Ed25519 key of integrity proofs.
 */
export type AccountKeys = { publicPem: string; privateKey: KeyObject; proofKey: KeyObject }

const generate = promisify(generateKeyPair)
const topic = 'account-keys'
// Every process is told when a key is replaced; the minutes are for messages that get lost.
const opened = lru<AccountKeys>(1000, 5 * 60)
let isListening = false
const underWay = new Map<Id, Promise<AccountKeys>>()

// Sealed for one account: a row that is copied to another account cannot be opened there.
const purposeOf = (accountId: Id): string => `account-key:${accountId}`
const proofPurposeOf = (accountId: Id): string => `proof-key:${accountId}`

/**
 * Gives the keys of an account of this instance and makes them first when it has none (federation rules 31 and 32).
 * An RSA pair takes some 50 ms of a thread of the pool, never of the event loop. The account must be committed.
 */
export async function keysOf(accountId: Id): Promise<AccountKeys> {
  if (!isListening) {
    isListening = true
    subscribe<{ accountId: Id }>(
      topic,
      ({ accountId }) => void opened.delete(accountId),
      () => opened.clear(),
    )
  }
  const known = opened.get(accountId)
  if (known) return known
  const running = underWay.get(accountId) ?? load(accountId)
  underWay.set(accountId, running)
  try {
    const keys = await running
    opened.set(accountId, keys)
    return keys
  } finally {
    underWay.delete(accountId)
  }
}

/** The private key of an account of this instance, ready to sign. */
export const openKey = async (accountId: Id): Promise<KeyObject> => (await keysOf(accountId)).privateKey

/** Puts new pairs in the place of an account's keys; every process signs with it from the commit on. */
export async function replaceKeys(ctx: TxCtx, accountId: Id): Promise<void> {
  const made = await makePair(accountId)
  await AccountKey.upsert({ accountId, ...made }, { transaction: ctx.tx })
  await publishAfter(ctx, topic, { accountId })
}

async function load(accountId: Id): Promise<AccountKeys> {
  const kept = (await AccountKey.findByPk(accountId)) ?? (await make(accountId))
  const proofSealed = kept.proofSealed ?? (await addProofKey(accountId))
  return {
    publicPem: kept.publicPem,
    privateKey: createPrivateKey(unseal(purposeOf(accountId), kept.privateSealed)),
    proofKey: createPrivateKey(unseal(proofPurposeOf(accountId), proofSealed)),
  }
}

// Accounts of earlier versions have none yet; the first that is made stands.
async function addProofKey(accountId: Id): Promise<string> {
  const kept = await row<{ sealed: string }>(
    {},
    `UPDATE account_keys SET proof_sealed = coalesce(proof_sealed, $2) WHERE account_id = $1
     RETURNING proof_sealed AS sealed`,
    [accountId, makeProofKey(accountId)],
  )
  return kept!.sealed
}

// Two processes may make a pair at once: the first one stands, and both read that.
async function make(accountId: Id): Promise<AccountKey> {
  const { publicPem, privateSealed, proofSealed } = await makePair(accountId)
  await rows(
    {},
    `INSERT INTO account_keys (account_id, public_pem, private_sealed, proof_sealed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account_id) DO NOTHING`,
    [accountId, publicPem, privateSealed, proofSealed],
  )
  return AccountKey.findByPk(accountId, { rejectOnEmpty: true })
}

type Sealed = Pick<AccountKey, 'publicPem' | 'privateSealed' | 'proofSealed'>

async function makePair(accountId: Id): Promise<Sealed> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privateSealed: seal(purposeOf(accountId), privatePem),
    proofSealed: makeProofKey(accountId),
  }
}

// That takes a thirtieth of a millisecond.
function makeProofKey(accountId: Id): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  return seal(proofPurposeOf(accountId), pem)
}
