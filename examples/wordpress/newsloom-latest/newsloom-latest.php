<?php
/**
 * Plugin Name: newsloom latest
 * Description: Shows the newest articles of a newsloom section: [newsloom_latest src="https://news.example.org/feeds/all.json" count="5"]
 * Version: 1.0.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: MIT
 */

defined( 'ABSPATH' ) || exit;

/** Readers wait for the section at most once in this time, whether it answers or not. */
const NEWSLOOM_LATEST_FRESH = 15 * MINUTE_IN_SECONDS;
/** For so long the last good answer stands in for one that does not come. */
const NEWSLOOM_LATEST_KEPT = WEEK_IN_SECONDS;

add_shortcode( 'newsloom_latest', 'newsloom_latest_html' );

function newsloom_latest_html( $attributes ) {
	$given = shortcode_atts( array( 'src' => '', 'count' => 5 ), $attributes, 'newsloom_latest' );
	$items = newsloom_latest_items( esc_url_raw( $given['src'], array( 'http', 'https' ) ) );
	$items = array_slice( $items, 0, max( 1, (int) $given['count'] ) );
	if ( array() === $items ) {
		return '';
	}
	return '<ul class="newsloom-latest">' . implode( '', array_map( 'newsloom_latest_entry', $items ) ) . '</ul>';
}

/** What a feed says is text: everything is escaped where it is written. */
function newsloom_latest_entry( $item ) {
	$text = static function ( $value ) {
		return is_string( $value ) ? $value : '';
	};
	$source = $text( isset( $item['_source']['title'] ) ? $item['_source']['title'] : '' );
	$time   = strtotime( $text( isset( $item['date_published'] ) ? $item['date_published'] : '' ) );
	return sprintf(
		'<li><a href="%s">%s</a> <cite>%s</cite> %s</li>',
		esc_url( $text( isset( $item['url'] ) ? $item['url'] : '' ), array( 'http', 'https' ) ),
		esc_html( $text( isset( $item['title'] ) ? $item['title'] : '' ) ),
		esc_html( $source ),
		false === $time ? '' : sprintf(
			'<time datetime="%s">%s</time>',
			esc_attr( gmdate( 'c', $time ) ),
			esc_html( wp_date( get_option( 'date_format' ), $time ) )
		)
	);
}

/** Articles of a JSON Feed, from the cache where they are fresh; those of last time where the section does not answer. */
function newsloom_latest_items( $src ) {
	if ( '' === $src ) {
		return array();
	}
	$name  = 'newsloom_latest_' . md5( $src );
	$fresh = get_transient( $name );
	if ( is_array( $fresh ) ) {
		return $fresh;
	}
	$items = newsloom_latest_fetch( $src );
	if ( null === $items ) {
		$kept  = get_transient( $name . '_kept' );
		$items = is_array( $kept ) ? $kept : array();
	} else {
		set_transient( $name . '_kept', $items, NEWSLOOM_LATEST_KEPT );
	}
	set_transient( $name, $items, NEWSLOOM_LATEST_FRESH );
	return $items;
}

/** null: there is no answer that is a JSON Feed. Authors of posts name the address, so it may not lie inside the host's network. */
function newsloom_latest_fetch( $src ) {
	$answer = wp_safe_remote_get( $src, array( 'timeout' => 5, 'limit_response_size' => 4 * MB_IN_BYTES ) );
	if ( is_wp_error( $answer ) || 200 !== wp_remote_retrieve_response_code( $answer ) ) {
		return null;
	}
	$feed = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( ! isset( $feed['items'] ) || ! is_array( $feed['items'] ) ) {
		return null;
	}
	$shown = array_flip( array( 'url', 'title', 'date_published', '_source' ) );
	$items = array_slice( array_filter( $feed['items'], 'is_array' ), 0, 50 );
	return array_map( static fn( $item ) => array_intersect_key( $item, $shown ), $items );
}
