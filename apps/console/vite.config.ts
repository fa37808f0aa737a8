import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const modern = ['chrome123', 'safari17.5', 'firefox128'];

export default defineConfig({
  plugins: [react()],
  build: { target: modern, cssTarget: modern, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:7433', changeOrigin: true } } },
});
