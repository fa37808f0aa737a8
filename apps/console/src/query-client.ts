import { UnreachableError } from '@tocsin/contract';
import { QueryClient } from '@tanstack/react-query';

/** Answers are kept fresh by the live stream; a refusal is not asked again, a broken line is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => error instanceof UnreachableError && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
    },
  },
});
