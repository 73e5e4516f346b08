import { limits } from '#config/limits'
import { Invalid } from '#platform/errors'
import type { MediaType } from '#platform/media-type'
import type { Medium, MediumKind, MediumPurpose } from './medium.model.ts'

/** A point of a picture that stays in view when it is cropped: −1 to 1 from left to right and from bottom to top. */
export type Focus = { x: number; y: number }

/** Throws Invalid when a file is larger than its kind may be (MEDIA-08). */
export function assertSize(type: MediaType, bytes: number): void {
  const most = type.kind === 'image' ? limits.media.imageBytes : limits.media.videoBytes
  if (bytes > most)
    throw new Invalid(`Validation failed: File must be less than ${Math.floor(most / 1_048_576)} MB`)
  if (bytes === 0) throw new Invalid("Validation failed: File can't be blank")
}

/** Throws Invalid when a description is too long (MEDIA-04). Blank counts as none. */
export function descriptionOf(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  const most = limits.media.description
  if ([...trimmed].length > most)
    throw new Invalid(`Validation failed: Description is too long (maximum is ${most} characters)`)
  return trimmed || null
}

/** Reads a focus written as `x,y` (MEDIA-05). Throws Invalid when it is none; blank is undefined. */
export function focusOf(text: string | null | undefined): Focus | undefined {
  if (!text?.trim()) return undefined
  const [x = NaN, y = NaN, ...more] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const isRight = more.length === 0 && Math.abs(x) <= 1 && Math.abs(y) <= 1
  if (!isRight) throw new Invalid('Validation failed: Focus must be two numbers from -1 to 1')
  return { x, y }
}

/** Only an upload that belongs to no post yet, and is promised to none, may be changed, taken or removed by its owner. */
export const isLoose = (medium: Medium, now: Date): boolean =>
  medium.purpose === 'attachment' && medium.postId === null && !(medium.heldUntil && medium.heldUntil > now)

const alone = new Set<MediumKind>(['video', 'audio'])

/** Throws Invalid when these may not be shown together: video and sound stand alone, gifv counts as video (POST-13). */
export function assertCombination(kinds: readonly MediumKind[]): void {
  if (kinds.length > limits.post.media)
    throw new Invalid(`Cannot attach more than ${limits.post.media} files`)
  if (kinds.length > 1 && kinds.some((kind) => alone.has(kind) || kind === 'gifv'))
    throw new Invalid('Cannot attach a video to a post that already contains images')
}

/** How large pictures of a purpose are, and how many bytes an upload may have (ACCT-05, federation rule 163). */
export const frames: Record<
  Exclude<MediumPurpose, 'attachment' | 'preview'>,
  { width: number; height: number; isFilled: boolean; bytes: number }
> = {
  avatar: { width: 400, height: 400, isFilled: true, bytes: limits.media.avatarBytes },
  header: { width: 1500, height: 500, isFilled: true, bytes: limits.media.avatarBytes },
  emoji: { width: 256, height: 256, isFilled: false, bytes: 262_144 },
}
