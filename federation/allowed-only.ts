import { keptSettings } from '#core/instances/kept-settings'

/** Do only servers of allowed domains get anything (federation rule 231)? What they ask for must be signed then. */
export const isForAllowedOnly = async (): Promise<boolean> => (await keptSettings()).federation === 'allowed'
