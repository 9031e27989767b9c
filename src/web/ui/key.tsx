/** A shortcut's letter, for the eye only: the control's own name says what it does. */
export function Key({ children }: { children: string }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: kbd is not focusable
  return <kbd aria-hidden="true">{children}</kbd>
}
