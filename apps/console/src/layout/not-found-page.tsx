import { Link } from '@tanstack/react-router';

export function NotFoundPage() {
  return (
    <main className="notice-page">
      <h1>There is no such page</h1>
      <p>
        <Link to="/">To what is watched now</Link>
      </p>
    </main>
  );
}
