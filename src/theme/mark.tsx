/** The gate, our mark: decoration beside the name. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path d="M3 21V9a9 6 0 0 1 18 0v12h-4V10a5 3.4 0 0 0-10 0v11z" />
    <path class="way" d="M10.5 21v-8h3v8z" />
  </svg>
)
