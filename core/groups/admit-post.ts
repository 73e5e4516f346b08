import type { Ctx } from '../ctx.ts'
import { recordPost } from '../posts/record-post.ts'
import type { Visibility } from '../posts/post.model.ts'
import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { isModerator, isOpenGroup, takesPart } from './group.policy.ts'

type Asked = {
  postId: Id
  /** Accounts here that the post is addressed to, the likeliest first; whom it names when absent. */
  namedIds?: readonly Id[]
}

type Verdict = { postId: Id; groupId: Id; isThere: boolean; isFirst: boolean; visibility: Visibility }

const isMarked = (post: string, mark: string): string =>
  `((SELECT true FROM group_marks AS gm WHERE gm.post_id = ${post} AND gm.${mark} IS NOT NULL) IS NOT NULL)`

// The group of what it answers, else the first that it is addressed to. Of answers to what is not in the group only those
// that are addressed to it are in it, and they begin something there.
const verdicts = `
  SELECT p.id AS "postId", g.account_id AS "groupId", p.group_id IS NOT NULL AS "isThere",
    parent.group_id IS DISTINCT FROM g.account_id AS "isFirst", p.visibility
  FROM jsonb_to_recordset($1::jsonb) AS asked ("postId" bigint, "namedIds" bigint[])
    JOIN posts AS p ON p.id = asked."postId" AND p.boost_of_id IS NULL AND p.visibility IN ('public', 'unlisted')
    LEFT JOIN posts AS parent ON parent.id = p.reply_to_id
    CROSS JOIN LATERAL (SELECT * FROM groups WHERE account_id = coalesce(p.group_id, parent.group_id, (
      SELECT named.id FROM unnest(coalesce(asked."namedIds",
          ARRAY(SELECT m.account_id FROM mentions AS m WHERE m.post_id = p.id ORDER BY m.position)))
        WITH ORDINALITY AS named (id, place)
      WHERE (SELECT true FROM groups AS ng WHERE ng.account_id = named.id) IS NOT NULL
      ORDER BY named.place LIMIT 1)) LIMIT 1) AS g
  WHERE ${isOpenGroup} AND ${takesPart('p.author_id')} AND NOT ${isMarked('p.id', 'removed_at')}
    AND (${isModerator('p.author_id')} OR NOT (
      g.is_restricted AND parent.group_id IS DISTINCT FROM g.account_id OR ${isMarked('p.thread_id', 'locked_at')}))`

// Posts that come in at one moment are judged by one query.
const judge = gather<Asked, Verdict>(0, async (asked) => {
  const found = await rows<Verdict>({}, verdicts, [JSON.stringify(asked)])
  const byId = new Map(found.map((each) => [each.postId, each]))
  return new Map(
    asked.flatMap((each) => {
      const verdict = byId.get(each.postId)
      return verdict ? [[each, verdict] as const] : []
    }),
  )
})

/**
 * Takes a post into the group that is hosted here and that it, or what it answers, is addressed to, unless its author may
 * not post there (federation rules 206, 207). The beginning of a thread is boosted by the group, for its members. Gives the id
 * of the group; undefined when it is in none. Only what everybody may see gets into groups (rule 205).
 */
export async function admitPost(ctx: Ctx, asked: Asked): Promise<Id | undefined> {
  const verdict = await judge(asked)
  if (!verdict) return undefined
  const { postId, groupId, isThere, isFirst, visibility } = verdict
  if (isThere) return groupId
  await transact(ctx, async (ctx) => {
    await rows(ctx, 'UPDATE posts SET group_id = $2 WHERE id = $1 AND group_id IS NULL', [postId, groupId])
    if (isFirst) await recordPost(ctx, { authorId: groupId, boostOfId: postId, visibility })
  })
  return groupId
}
