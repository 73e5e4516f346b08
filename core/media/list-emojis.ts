import type { Transaction } from 'sequelize'
import { rows } from '#platform/db'
import { type Kept, pictureUrls } from './medium-addresses.ts'

/** A custom emoji of this instance, for pickers. */
export type PickableEmoji = {
  shortcode: string
  url: string
  staticUrl: string
  category: string | null
  isInPicker: boolean
}

type Found = Kept & Pick<PickableEmoji, 'shortcode' | 'category' | 'isInPicker'>

/** The custom emojis of this instance that may be used, by shortcode (INST-21); those without a picture are left out. */
export async function listEmojis(ctx: { tx?: Transaction | undefined }): Promise<PickableEmoji[]> {
  const found = await rows<Found>(
    ctx,
    `SELECT e.shortcode, e.category, e.is_in_picker AS "isInPicker", m.id, m.file_key AS "fileKey",
       m.static_key AS "staticKey", m.remote_url AS "remoteUrl"
     FROM emojis AS e JOIN media AS m ON m.id = e.medium_id
     WHERE e.domain IS NULL AND NOT e.is_disabled ORDER BY e.shortcode`,
  )
  return found.flatMap(({ shortcode, category, isInPicker, ...medium }) => {
    const urls = pictureUrls(medium)
    return urls ? [{ shortcode, category, isInPicker, ...urls }] : []
  })
}
