import { isOurs } from '../addresses.ts'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { decodePage } from './decode-page.ts'
import { type PageFacts, readPage } from './read-page.ts'
import { type Player, readPlayer } from './read-player.ts'

const PAGE = 1_048_576
const ANSWER = 65_536
const PATIENCE = 10_000

/** What a page says about itself, and its player, if it names one. */
export type Page = { facts: PageFacts; player: Player | undefined }

/**
 * Asks a page through the guarded client. What it says about itself stands in its head: of a longer one the first MiB is read
 * (federation rule 92). Throws FetchFailed when it is none, too slow or not to be had.
 */
export async function askPage(url: string): Promise<Page> {
  const {
    body,
    headers,
    url: reached,
  } = await ask(url, 'text/html,application/xhtml+xml;q=0.9', {
    maxBytes: PAGE,
    isCut: true,
    type: /^(text\/html|application\/xhtml\+xml)\b/i,
  })
  if (isOurs(reached)) throw new FetchFailed('local', url, 'it leads back here')
  const facts = readPage(decodePage(body, String(headers['content-type'] ?? '')), reached)
  return { facts, player: facts.oembedUrl ? await askPlayer(facts.oembedUrl) : undefined }
}

/** A page without its player is still a page. */
async function askPlayer(url: string): Promise<Player | undefined> {
  try {
    const { body } = await ask(url, 'application/json', { maxBytes: ANSWER, type: /json/i })
    return readPlayer(JSON.parse(body.toString('utf8')), url)
  } catch (error) {
    if (error instanceof FetchFailed || error instanceof SyntaxError) return undefined
    throw error
  }
}

type Terms = { maxBytes: number; isCut?: boolean; type: RegExp }

function ask(url: string, accept: string, { type, ...terms }: Terms) {
  // Where only secure servers are asked, what was linked in the old way is tried in the new.
  const address = http.reach.allowPrivate ? url : url.replace(/^http:/i, 'https:')
  return http.request({
    url: address,
    accept,
    ...terms,
    deadlineMs: PATIENCE,
    onHead: ({ status, headers }) => {
      if (status < 200 || status > 299) throw new FetchFailed('status', url, `status ${status}`, { status })
      if (!type.test(String(headers['content-type'] ?? '')))
        throw new FetchFailed('type', url, 'it is no page')
    },
  })
}
