import { createPrivateKey } from 'node:crypto'
import { Account } from '#core/accounts/account.model'
import { verifyLinks } from '#core/accounts/verify-links'
import { Instance } from '#core/instances/instance.model'
import { Medium } from '#core/media/medium.model'
import { mirrorMedium } from '#core/media/mirror-medium'
import { Post } from '#core/posts/post.model'
import { fetchPreview } from '#core/previews/fetch-preview'
import { Preview } from '#core/previews/preview.model'
import { nowhere } from '#core/remote'
import type { Ctx } from '#core/ctx'
import { findAccount } from '#federation/find-account'
import { findPost } from '#federation/find-post'
import { findKey } from '#federation/keys'
import { loadCollection } from '#federation/load-document'
import { probeHosts } from '#federation/probe-hosts'
import { SignatureRefused } from '#federation/signatures/signature'
import { postSigned } from '#federation/signed-http'
import { findActorId } from '#federation/webfinger-client'
import { NotFound } from '#platform/errors'
import { FetchFailed } from '#platform/http-errors'
import { postPush } from '#platform/push'
import { inSeconds } from '#platform/clock'
import { rsaPair } from './keys.ts'
import { pushReceiver } from './push-service.ts'

const ctx: Ctx = { actor: { kind: 'kith' }, remote: nowhere }
const { privateKey, publicKey } = rsaPair()
const { keys } = pushReceiver()

/**
 * A way on which Kith asks other servers for something. `ask` goes it on a host, an address with its port, and gives what
 * that brought; undefined for nothing.
 */
export type FetchPath = {
  name: string
  ask(host: string): Promise<unknown>
  isPost?: boolean
  maxBytes?: number
}

const MIB = 1_048_576

/** Gives undefined for what could not be had, as it is with other servers. */
const orNothing = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof FetchFailed || error instanceof SignatureRefused || error instanceof NotFound)
      return undefined
    throw error
  }
}

/** The account of a host, as it was before it became hostile; older than a day, so that it is asked for again. */
export const oldAccount = async (host: string): Promise<Account> =>
  (await Account.findOne({ where: { domain: host } })) ??
  (await Account.create({
    username: 'ann',
    displayName: 'Ann as she was',
    domain: host,
    uri: `http://${host}/users/ann`,
    publicKeyId: `http://${host}/users/ann#old-key`,
    publicKeyPem: publicKey,
    fetchedAt: inSeconds(-2 * 86_400),
  }))

async function refreshed(host: string): Promise<unknown> {
  const { uri } = await oldAccount(host)
  const found = await findAccount(ctx, uri ?? '')
  return found?.displayName === 'Ann as she was' ? undefined : found
}

async function preview(host: string): Promise<unknown> {
  const made = await Preview.create({
    url: `http://${host}/page`,
    state: 'ready',
    title: 'As it was',
    dueAt: inSeconds(-1),
  })
  await fetchPreview(ctx, { previewId: made.id })
  const { title } = await made.reload()
  return title === 'As it was' ? undefined : title
}

async function medium(host: string): Promise<unknown> {
  const { id: ownerId } = await oldAccount(host)
  const made = await Medium.create({
    ownerId,
    state: 'remote',
    kind: 'image',
    remoteUrl: `http://${host}/picture`,
    purpose: 'avatar',
  })
  await mirrorMedium(ctx, made.id)
  return made.id
}

async function nodeinfo(host: string): Promise<unknown> {
  await Instance.create({ domain: host, unavailableAt: inSeconds(-86_400) })
  await probeHosts(ctx)
  const found = await Instance.findByPk(host, { rejectOnEmpty: true })
  return found.unavailableAt ? undefined : found
}

async function link(host: string): Promise<unknown> {
  const valueHtml = `<a href="http://${host}/me">http://${host}/me</a>`
  const { id } = await Account.create({
    username: `me${host.replaceAll(/\W/g, '')}`,
    fields: [{ name: 'Site', value: `http://${host}/me`, valueHtml, verifiedAt: null }] as Account['fields'],
  })
  await verifyLinks(ctx, { accountId: id })
  const { fields } = await Account.findByPk(id, { rejectOnEmpty: true })
  return fields[0]?.verifiedAt ?? undefined
}

/** Every way but webhooks and imports, of which Kith has none that ask anybody. */
export const fetchPaths: readonly FetchPath[] = [
  { name: 'actor', ask: refreshed },
  { name: 'object', ask: async (host) => (await findPost(ctx, `http://${host}/notes/1`)) ?? undefined },
  { name: 'key', ask: (host) => orNothing(findKey(`http://${host}/users/ann#main-key`)) },
  { name: 'WebFinger', ask: (domain) => findActorId({ username: 'ann', domain }) },
  { name: 'NodeInfo', ask: nodeinfo },
  { name: 'collection', ask: (host) => orNothing(loadCollection(`http://${host}/users/ann/featured`)) },
  { name: 'media', ask: (host) => orNothing(medium(host)), maxBytes: 16 * MIB },
  { name: 'preview', ask: preview },
  { name: 'link', ask: link },
  {
    name: 'push',
    isPost: true,
    ask: (host) =>
      orNothing(
        postPush({ endpoint: `http://${host}/push`, ...keys, isStandard: true }, '{}', {
          subject: 'https://kith.example/',
          unsubscribeUrl: 'https://kith.example/',
        }),
      ),
  },
  {
    name: 'delivery',
    isPost: true,
    ask: (host) =>
      orNothing(
        postSigned(`http://${host}/inbox`, Buffer.from('{}'), {
          keyId: 'https://kith.example/users/1#main-key',
          privateKey: createPrivateKey(privateKey),
        }),
      ),
  },
]

/** What is stored of a host, without what notes that it was asked in vain. */
export async function keptOf(host: string): Promise<unknown[]> {
  const accounts = await Account.findAll({ where: { domain: host } })
  const posts = await Post.findAll({ where: { authorId: accounts.map(({ id }) => id) } })
  const previews = await Preview.findAll({ where: { url: `http://${host}/page` } })
  return [
    accounts.map(({ uri, displayName, publicKeyId, publicKeyPem, movedToId, goneAt }) => ({
      uri,
      displayName,
      publicKeyId,
      publicKeyPem,
      movedToId,
      goneAt,
    })),
    posts.map(({ uri, html }) => ({ uri, html })),
    previews.map(({ title, html, mediumId, state }) => ({ title, html, mediumId, state })),
  ]
}
