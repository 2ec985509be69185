/** Lets others have the event loop in the middle of long work. */
export async function breathe(): Promise<void> {
  await new Promise((resolve) => { setTimeout(resolve) })
}
