<?php
/**
 * Plugin Name: newsloom latest
 * Description: Shows the newest articles of a newsloom section: [newsloom_latest src="https://news.example.org/all.json" count="5"], or the block "newsloom latest".
 * Version: 1.1.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: MIT
 */

defined( 'ABSPATH' ) || exit;

/** Readers wait for the section at most once in this time. */
const NEWSLOOM_LATEST_FRESH = 15 * MINUTE_IN_SECONDS;
/** The same where it did not answer. Who may edit posts asks again at once. */
const NEWSLOOM_LATEST_FAILED = 5 * MINUTE_IN_SECONDS;
/** For so long the last good answer stands in for one that does not come. */
const NEWSLOOM_LATEST_KEPT = WEEK_IN_SECONDS;
const NEWSLOOM_LATEST_MOST = 50;

add_shortcode( 'newsloom_latest', 'newsloom_latest_html' );
add_shortcode( 'newsloom-latest', 'newsloom_latest_html' );
// As WordPress does in posts: no <p> around a shortcode that stands alone in a widget.
add_filter( 'widget_block_content', 'shortcode_unautop', 10 );
add_action( 'init', 'newsloom_latest_block' );

function newsloom_latest_block() {
	$needs = array( 'wp-blocks', 'wp-element', 'wp-components', 'wp-block-editor', 'wp-server-side-render' );
	wp_register_script( 'newsloom-latest', plugins_url( 'block.js', __FILE__ ), $needs, '1.1.0', true );
	register_block_type(
		'newsloom/latest',
		array(
			'api_version'     => 2,
			'title'           => 'newsloom latest',
			'category'        => 'widgets',
			'icon'            => 'rss',
			'attributes'      => array(
				'src'   => array( 'type' => 'string', 'default' => '' ),
				'count' => array( 'type' => 'number', 'default' => 5 ),
				'per'   => array( 'type' => 'number', 'default' => 0 ),
				'more'  => array( 'type' => 'string', 'default' => '' ),
			),
			'editor_script'   => 'newsloom-latest',
			'render_callback' => 'newsloom_latest_html',
		)
	);
}

/** `src`: a JSON Feed; `count`: articles; `per`: at most so many of one publication, 0 for any; `more`: words of a link to the section. As a block, it has no tag, and WordPress adds settings. */
function newsloom_latest_html( $attributes, $content = '', $tag = '' ) {
	$known = array( 'src' => '', 'count' => 5, 'per' => 0, 'more' => '' );
	$given = shortcode_atts( $known, $attributes, 'newsloom_latest' );
	$other = is_string( $tag ) && '' !== $tag ? array_diff_key( (array) $attributes, $known, array( '' ) ) : array();
	$feed  = newsloom_latest_feed( newsloom_latest_address( $given['src'] ) );
	$count = newsloom_latest_number( $given['count'], 1 );
	$per   = newsloom_latest_number( $given['per'], 0 );
	$items = newsloom_latest_chosen( $feed['items'], null === $count ? 5 : $count, (int) $per );
	$slips = array(
		array() === $other ? '' : implode( ', ', array_keys( $other ) ) . ': no setting; there are ' . implode( ', ', array_keys( $known ) ),
		null === $count ? 'count="' . $given['count'] . '" is no number from 1 on: 5 are shown' : '',
		null === $per ? 'per="' . $given['per'] . '" is no number: any are shown' : '',
		$feed['failure'],
		array() === $items && '' === $feed['failure'] ? 'the feed has no articles' : '',
		'' !== $feed['failure'] && newsloom_latest_is_bare( $given['src'] ) ? 'src has no scheme, so https:// was taken: write http:// or https://' : '',
	);
	$why   = newsloom_latest_reason( implode( '; ', array_filter( $slips ) ) );
	if ( array() === $items ) {
		return $why;
	}
	$entries = array_map( 'newsloom_latest_entry', $items, array_fill( 0, count( $items ), $feed['language'] ) );
	$list    = '<ul class="newsloom-latest">' . implode( '', $entries ) . '</ul>';
	return $list . newsloom_latest_more( $given['more'], $feed['home'] ) . $why;
}

/** Quotes that a word processor made round are no part of a value. */
function newsloom_latest_bare( $written ) {
	$quotes = '[\s"\'\x{2018}-\x{201F}\x{AB}\x{BB}\x{2032}\x{2033}]+';
	return (string) preg_replace( "/^$quotes|$quotes$/u", '', html_entity_decode( (string) $written, ENT_QUOTES, 'UTF-8' ) );
}

/** null: no number from $least on. */
function newsloom_latest_number( $written, $least ) {
	$bare = newsloom_latest_bare( $written );
	return 1 === preg_match( '/^\d{1,6}$/', $bare ) && (int) $bare >= $least ? (int) $bare : null;
}

/** A path is one of this site; without "/" in front, WordPress would take its first folder for a host. */
function newsloom_latest_address( $src ) {
	$bare = newsloom_latest_bare( $src );
	$site = wp_parse_url( home_url() );
	if ( 1 === preg_match( '~^/(?!/)~', $bare ) ) {
		$bare = $site['scheme'] . '://' . $site['host'] . ( isset( $site['port'] ) ? ':' . $site['port'] : '' ) . $bare;
	}
	$bare    = (string) preg_replace( '~^(?://)?(?=[\w-]+(?:\.[\w-]+)+(?::\d|/))~', 'https://', $bare );
	$is_path = 1 === preg_match( '~^[^/.:]+/~', $bare );
	return $is_path ? '' : esc_url_raw( $bare, array( 'http', 'https' ) );
}

/** Whether an address has neither a scheme nor a slash in front. */
function newsloom_latest_is_bare( $src ) {
	return '' !== newsloom_latest_address( $src ) && 1 !== preg_match( '~^(?:https?:|/)~i', newsloom_latest_bare( $src ) );
}

function newsloom_latest_chosen( $items, $count, $per ) {
	$of     = array();
	$chosen = array();
	foreach ( $items as $item ) {
		$source        = newsloom_latest_text( $item, '_source', 'title' );
		$of[ $source ] = ( isset( $of[ $source ] ) ? $of[ $source ] : 0 ) + 1;
		if ( $per < 1 || '' === $source || $of[ $source ] <= $per ) {
			$chosen[] = $item;
		}
	}
	return array_slice( $chosen, 0, $count );
}

function newsloom_latest_more( $words, $home ) {
	$url = esc_url( $home, array( 'http', 'https' ) );
	return '' === $words || '' === $url ? '' : sprintf( '<p class="newsloom-latest-more"><a href="%s">%s</a></p>', $url, esc_html( $words ) );
}

/** Readers are told nothing. */
function newsloom_latest_reason( $failure ) {
	if ( '' === $failure || ! current_user_can( 'edit_posts' ) ) {
		return '';
	}
	return sprintf( '<p class="newsloom-latest-failure"><strong>newsloom latest</strong> (only editors see this): %s</p>', esc_html( $failure ) );
}

/** The text at these keys; '' where there is none. */
function newsloom_latest_text( $value, ...$keys ) {
	foreach ( $keys as $key ) {
		$value = is_array( $value ) && isset( $value[ $key ] ) ? $value[ $key ] : '';
	}
	return is_string( $value ) ? $value : '';
}

/** What a feed says is text: everything is escaped where it is written. */
function newsloom_latest_entry( $item, $language ) {
	$source = newsloom_latest_text( $item, '_source', 'title' );
	$time   = strtotime( newsloom_latest_text( $item, 'date_published' ) );
	$said   = newsloom_latest_text( $item, 'language' );
	$tag    = '' === $said ? $language : $said;
	$parts  = array(
		'' === $source ? '' : sprintf( '<bdi class="p-publication">%s</bdi>', esc_html( $source ) ),
		false === $time ? '' : sprintf(
			'<time class="dt-published" datetime="%s" style="white-space:nowrap">%s</time>',
			esc_attr( gmdate( 'c', $time ) ),
			esc_html( wp_date( get_option( 'date_format' ), $time ) )
		),
	);
	return sprintf(
		'<li class="h-entry"><a class="u-url p-name" href="%s"%s dir="auto">%s</a> %s</li>',
		esc_url( newsloom_latest_text( $item, 'url' ), array( 'http', 'https' ) ),
		'' === $tag ? '' : sprintf( ' lang="%s"', esc_attr( $tag ) ),
		esc_html( newsloom_latest_text( $item, 'title' ) ),
		implode( ' · ', array_filter( $parts ) )
	);
}

/** `items`, `home`, `language`, and `failure`: why there are no newer ones. From the cache where that is fresh; what was good last time where the section does not answer. */
function newsloom_latest_feed( $src ) {
	$none = array( 'items' => array(), 'home' => '', 'language' => '', 'failure' => '' );
	if ( '' === $src ) {
		return array_merge( $none, array( 'failure' => 'src is no address of a feed; write the whole of it, such as src="https://news.example.org/all.json", or begin a path of this site with "/", such as src="/news/all.json"' ) );
	}
	$name  = 'newsloom_latest_of_' . md5( $src );
	$known = get_transient( $name );
	if ( is_array( $known ) && ( '' === $known['failure'] || ! current_user_can( 'edit_posts' ) ) ) {
		return $known;
	}
	$feed = newsloom_latest_fetch( $src );
	if ( is_array( $feed ) ) {
		$feed = array_merge( $none, $feed );
		set_transient( $name . '_kept', $feed, NEWSLOOM_LATEST_KEPT );
		set_transient( $name, $feed, NEWSLOOM_LATEST_FRESH );
		return $feed;
	}
	$kept = get_transient( $name . '_kept' );
	$said = is_array( $kept ) ? "$feed; the list is that of the last good answer" : $feed;
	$feed = array_merge( is_array( $kept ) ? $kept : $none, array( 'failure' => $said ) );
	set_transient( $name, $feed, NEWSLOOM_LATEST_FAILED );
	return $feed;
}

/** A text says why there is no answer that is a JSON Feed. Authors of posts name the address, so it may not lie inside the host's network. */
function newsloom_latest_fetch( $src ) {
	if ( ! wp_http_validate_url( $src ) ) {
		return "WordPress does not ask $src: it cannot be found, lies inside the server's network, or has another port than 80, 443 or 8080";
	}
	$answer = wp_safe_remote_get( $src, array( 'timeout' => 5, 'limit_response_size' => 4 * MB_IN_BYTES ) );
	if ( is_wp_error( $answer ) ) {
		return "$src cannot be read: " . $answer->get_error_message();
	}
	$status = wp_remote_retrieve_response_code( $answer );
	if ( 200 !== $status ) {
		return "$src answered with status $status" . ( 404 === $status ? ': a feed ends in .json, and that of a topic comes with its first article' : '' );
	}
	$body = wp_remote_retrieve_body( $answer );
	$feed = json_decode( $body, true );
	if ( null === $feed && '<' !== substr( ltrim( $body ), 0, 1 ) ) {
		return "$src cannot be read as JSON: it is broken, or has more than 4 MB";
	}
	if ( ! isset( $feed['items'] ) || ! is_array( $feed['items'] ) ) {
		return "$src is no JSON Feed; the section has it beside its pages and RSS, as all.json, stories.json or topics/….json";
	}
	$shown = array_flip( array( 'url', 'title', 'language', 'date_published', '_source' ) );
	$items = array_slice( array_filter( $feed['items'], 'is_array' ), 0, NEWSLOOM_LATEST_MOST );
	return array(
		'items'    => array_map( static fn( $item ) => array_intersect_key( $item, $shown ), $items ),
		'home'     => newsloom_latest_text( $feed, 'home_page_url' ),
		'language' => newsloom_latest_text( $feed, 'language' ),
	);
}
