import type { Transaction } from 'sequelize'
import { findEmojiCodes } from '../text/find-emoji-codes.ts'
import { rows } from '#platform/db'
import { type Kept, pictureUrls } from './medium-addresses.ts'

type Found = Kept & { shortcode: string }

/** The custom emojis of this instance that a text uses, with their pictures (HTML-13, STAT-05). */
export async function findEmojis(
  ctx: { tx?: Transaction | undefined },
  text: string,
): Promise<{ shortcode: string; url: string; staticUrl: string }[]> {
  const codes = findEmojiCodes(text)
  if (codes.length === 0) return []
  const found = await rows<Found>(
    ctx,
    `SELECT e.shortcode, m.id, m.file_key AS "fileKey", m.static_key AS "staticKey", m.remote_url AS "remoteUrl"
     FROM emojis AS e JOIN media AS m ON m.id = e.medium_id
     WHERE e.shortcode = ANY ($1) AND e.domain IS NULL AND NOT e.is_disabled
     ORDER BY array_position($1, e.shortcode)`,
    [codes],
  )
  return found.flatMap((each) => {
    const urls = pictureUrls(each)
    return urls ? [{ shortcode: each.shortcode, ...urls }] : []
  })
}
