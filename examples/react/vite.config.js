import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  optimizeDeps: { exclude: ["touchstone-verify"] },
  // The package lies outside of this folder.
  server: { fs: { allow: [".", "../../dist"] } },
});
