import { limits } from '#config/limits'
import { Invalid } from '#platform/errors'
import type { List } from './list.model.ts'

const policies: List['repliesPolicy'][] = ['followed', 'list', 'none']

/** The title as it is kept. Throws Invalid when it is empty or too long (MISC-01). */
export function titleOf(text: string): string {
  const title = text.trim()
  if (title === '') throw new Invalid("Validation failed: Title can't be blank")
  if ([...title].length > limits.list.title)
    throw new Invalid(`Validation failed: Title is too long (maximum is ${limits.list.title} characters)`)
  return title
}

/** Which replies the list shows. Throws Invalid for another word (MISC-01). */
export function repliesPolicyOf(text: string): List['repliesPolicy'] {
  const policy = policies.find((each) => each === text)
  if (!policy) throw new Invalid('Validation failed: Replies policy is not included in the list')
  return policy
}
