/** A page that is not what the Simple repository API says; the message names what is wrong. */
export class PageError extends Error {
  override readonly name = 'PageError';
}
