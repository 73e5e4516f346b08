/** A file of a client, lying in a temporary folder under a name of our own. */
export type UploadedFile = { path: string; bytes: number }
