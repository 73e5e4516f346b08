import { Post } from './post.model.ts'

const columns = Object.entries(Post.getAttributes()).map(
  ([name, { field }]) => [name, field ?? name] as const,
)

/** A row of `posts`, as `SELECT *` and `RETURNING *` give it, as a Post. */
export const postOf = (row: object): Post => {
  const values = row as Record<string, unknown>
  return Post.build(Object.fromEntries(columns.map(([name, column]) => [name, values[column]])) as never, {
    isNewRecord: false,
    raw: true,
  })
}
