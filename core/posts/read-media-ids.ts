import { limits } from '#config/limits'
import { Invalid } from '#platform/errors'
import { isId, type Id } from '#platform/ids'

/**
 * The uploads that a post asks for, each once. Throws Invalid for too many, and for what can be no id; whether they can
 * be had is asked when they are claimed (POST-13).
 */
export function readMediaIds(asked: readonly string[] = []): Id[] {
  const ids = [...new Set(asked)]
  if (ids.length > limits.post.media)
    throw new Invalid(`Validation failed: Cannot attach more than ${limits.post.media} files`)
  if (!ids.every(isId)) throw new Invalid('Validation failed: a media attachment is unknown or in use')
  return ids
}
