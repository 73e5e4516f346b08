import type { Ctx } from '#core/ctx'
import { postBodies, visibleAmong } from '#core/posts/post.queries'
import { quoteOf } from '#core/posts/quotes/quote.queries'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type StatusJson, statusJson } from './status.ts'

/**
 * A post that is about to be deleted: with what was typed instead of HTML, and with what it quotes however that stands,
 * to write it again (STAT-19, QUOTE-08). Throws NotFound.
 */
export async function deletedStatusJson(ctx: Ctx, id: Id) {
  const [{ content: _, ...json }, [body]] = await Promise.all([statusJson(ctx, id), postBodies(ctx, [id])])
  if (!body) throw new NotFound()
  return { ...json, text: body.text, quote: json.quote && (await wholeQuote(ctx, id, json.quote)) }
}

type Quote = NonNullable<StatusJson['quote']>

async function wholeQuote(ctx: Ctx, id: Id, quote: Quote): Promise<Quote> {
  if (!('quoted_status' in quote) || quote.quoted_status) return quote
  const quotedId = await quoteOf(ctx, id)
  const [seen] = quotedId ? await visibleAmong(ctx, [quotedId]) : []
  if (!seen) return quote
  const { quote: inner, ...whole } = await statusJson(ctx, seen)
  const shallow = inner && { state: inner.state, quoted_status_id: whole.quote_id }
  return { ...quote, quoted_status: { ...whole, quote: shallow } }
}
