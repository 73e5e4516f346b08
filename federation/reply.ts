/** What another server is answered. */
export type Reply = { status: number; headers: Record<string, string>; body: string }
