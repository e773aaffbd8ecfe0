"""The article against the paper it reports; silent where the paper is not known."""
