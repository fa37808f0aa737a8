/** The product's mark: an alarm bell. */
export function BellMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true">
      <path
        fill="currentColor"
        d="M8 1a5 5 0 0 0-5 5v4l-1.5 2v1h13v-1L13 10V6a5 5 0 0 0-5-5zM6 14a2 2 0 0 0 4 0z"
      />
    </svg>
  );
}
