/** Copies a text; `field` shows it, for where there is no clipboard: without https the old way needs a selection. */
export async function copyText(text: string, field?: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    field?.select();
    if (field === undefined || !document.execCommand("copy"))
      throw new Error("This browser does not let the page copy.");
  }
}
